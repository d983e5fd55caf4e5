"""The first schema: people, the log and its projections."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from infra.migrations.plain import run_sql

revision = "0001_baseline"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('counter',
    sa.Column('scope', sa.String(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('scope')
    )
    op.create_table('item_version',
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('code', 'version')
    )
    op.create_table('outbox',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('case_no', sa.String(), nullable=False),
    sa.Column('leased_until', sa.DateTime(timezone=True), server_default=sa.text("'-infinity'"), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_table('subject',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('id_type', sa.String(), nullable=True),
    sa.Column('id_number_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('id_index', sa.LargeBinary(), nullable=True),
    sa.Column('phone_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('address_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('person', 'organisation')", name='known_kind'),
    sa.CheckConstraint('(id_index IS NULL) = (id_number_sealed IS NULL) AND (id_index IS NULL) = (id_type IS NULL)', name='number_with_type_and_index'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('subject_number', 'subject', ['id_type', 'id_index'], unique=True)
    op.create_table('account',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('username', sa.String(), nullable=False),
    sa.Column('password_hash', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('display_name', sa.String(), nullable=False),
    sa.Column('subject_id', sa.String(), nullable=True),
    sa.Column('disabled', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('failures', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('locked_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind <> 'citizen' OR subject_id IS NOT NULL", name='citizen_is_somebody'),
    sa.CheckConstraint("kind IN ('citizen', 'staff')", name='known_kind'),
    sa.CheckConstraint('username = lower(username)', name='username_in_lower_case'),
    sa.ForeignKeyConstraint(['subject_id'], ['subject.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('username')
    )
    op.create_index('account_of_citizen', 'account', ['subject_id'], unique=True, postgresql_where=sa.text("kind = 'citizen'"))
    op.create_table('representation',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('subject_id', sa.String(), nullable=False),
    sa.Column('basis', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("basis IN ('legal_representative', 'guardian', 'mandate')", name='known_basis'),
    sa.CheckConstraint('person_id <> subject_id', name='not_oneself'),
    sa.CheckConstraint('valid_to IS NULL OR valid_to >= valid_from', name='ends_after_start'),
    sa.ForeignKeyConstraint(['person_id'], ['subject.id'], ),
    sa.ForeignKeyConstraint(['subject_id'], ['subject.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('representation_by_person', 'representation', ['person_id'], unique=False, postgresql_where=sa.text('revoked_at IS NULL'))
    op.create_index('representation_of_subject', 'representation', ['subject_id'], unique=False)
    op.create_table('cases',
    sa.Column('no', sa.String(length=22), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('item_code', sa.String(), nullable=False),
    sa.Column('item_version', sa.Integer(), nullable=False),
    sa.Column('item_hash', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('department', sa.String(), nullable=False),
    sa.Column('district', sa.String(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('applicant_id', sa.String(), nullable=True),
    sa.Column('filer_id', sa.String(), nullable=True),
    sa.Column('filed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('filing_key', sa.String(), nullable=False),
    sa.Column('asked', sa.LargeBinary(), nullable=False),
    sa.Column('query_code', sa.LargeBinary(), nullable=False),
    sa.Column('query_failures', sa.Integer(), nullable=False),
    sa.Column('query_locked_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('linked_no', sa.String(), nullable=True),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('head', sa.LargeBinary(), nullable=False),
    sa.Column('stage', sa.String(), nullable=False),
    sa.Column('finished', sa.Boolean(), nullable=False),
    sa.Column('state', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('cards', sa.Integer(), nullable=False),
    sa.Column('engine_seq', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['applicant_id'], ['subject.id'], ),
    sa.ForeignKeyConstraint(['filer_id'], ['account.id'], ),
    sa.ForeignKeyConstraint(['linked_no'], ['cases.no'], ),
    sa.PrimaryKeyConstraint('no'),
    sa.UniqueConstraint('filing_key')
    )
    op.create_index('cases_by_applicant', 'cases', ['applicant_id', 'filed_at'], unique=False)
    op.create_index('cases_by_department', 'cases', ['department', 'stage'], unique=False)
    op.create_index('cases_by_filer', 'cases', ['filer_id', 'filed_at'], unique=False)
    op.create_index('cases_by_link', 'cases', ['linked_no'], unique=False, postgresql_where=sa.text('linked_no is not null'))
    op.create_index('cases_lagging', 'cases', ['no'], unique=False, postgresql_where=sa.text('engine_seq < seq'))
    op.create_index('cases_open_by_due', 'cases', ['due_at'], unique=False, postgresql_where=sa.text('finished is false'))
    op.create_table('session',
    sa.Column('token_hash', sa.LargeBinary(), nullable=False),
    sa.Column('account_id', sa.String(), nullable=False),
    sa.Column('secret', sa.LargeBinary(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('web', 'api')", name='known_kind'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('token_hash')
    )
    op.create_index('session_expiry', 'session', ['expires_at'], unique=False)
    op.create_index('session_of_account', 'session', ['account_id'], unique=False)
    op.create_table('staff_grant',
    sa.Column('account_id', sa.String(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('department', sa.String(), server_default='', nullable=False),
    sa.Column('district', sa.String(), server_default='', nullable=False),
    sa.CheckConstraint("role IN ('clerk', 'reviewer', 'director', 'supervisor', 'agent', 'admin')", name='known_role'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('account_id', 'role', 'department', 'district')
    )
    op.create_table('card',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('case_no', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('rule', sa.String(), nullable=False),
    sa.Column('severity', sa.String(), nullable=False),
    sa.Column('department', sa.String(), nullable=False),
    sa.Column('district', sa.String(), nullable=False),
    sa.Column('facts', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_no'], ['cases.no'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('card_key', 'card', ['case_no', 'key'], unique=True)
    op.create_index('card_open', 'card', ['state', 'raised_at'], unique=False)
    op.create_table('case_event',
    sa.Column('case_no', sa.String(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.String(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('hash', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_no'], ['cases.no'], ),
    sa.PrimaryKeyConstraint('case_no', 'seq')
    )
    op.create_index('case_event_key', 'case_event', ['case_no', 'key'], unique=True)
    op.create_table('document',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('case_no', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('file', sa.String(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_no'], ['cases.no'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('document_key', 'document', ['case_no', 'key'], unique=True)
    op.create_table('draft',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('account_id', sa.String(), nullable=False),
    sa.Column('item_code', sa.String(), nullable=False),
    sa.Column('item_version', sa.Integer(), nullable=False),
    sa.Column('applicant_id', sa.String(), nullable=True),
    sa.Column('case_no', sa.String(), nullable=True),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.ForeignKeyConstraint(['applicant_id'], ['subject.id'], ),
    sa.ForeignKeyConstraint(['case_no'], ['cases.no'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('draft_expiry', 'draft', ['expires_at'], unique=False)
    op.create_index('draft_of_account', 'draft', ['account_id', 'updated_at'], unique=False)
    op.create_table('event_private',
    sa.Column('case_no', sa.String(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_no'], ['cases.no'], ),
    sa.PrimaryKeyConstraint('case_no', 'seq')
    )
    op.create_table('licence',
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('case_no', sa.Text(), nullable=False),
    sa.Column('item_code', sa.String(), nullable=False),
    sa.Column('holder_id', sa.String(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['case_no'], ['cases.no'], ),
    sa.ForeignKeyConstraint(['holder_id'], ['subject.id'], ),
    sa.PrimaryKeyConstraint('number'),
    sa.UniqueConstraint('case_no')
    )
    op.create_table('material',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('case_no', sa.String(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('file', sa.String(), nullable=True),
    sa.Column('name', sa.String(), nullable=True),
    sa.Column('size', sa.Integer(), nullable=True),
    sa.Column('type', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['case_no'], ['cases.no'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('material_of_case', 'material', ['case_no', 'round'], unique=False)
    op.create_table('submission',
    sa.Column('case_no', sa.String(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('filed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_no'], ['cases.no'], ),
    sa.PrimaryKeyConstraint('case_no', 'round')
    )
    op.create_table('task',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('case_no', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('step', sa.String(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('department', sa.String(), nullable=False),
    sa.Column('district', sa.String(), nullable=False),
    sa.Column('commands', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('not_by', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('warn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('warn_rule', sa.String(), nullable=True),
    sa.Column('due_rule', sa.String(), nullable=True),
    sa.Column('silence', sa.String(), nullable=True),
    sa.Column('claimed_by', sa.String(), nullable=True),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_no'], ['cases.no'], ),
    sa.ForeignKeyConstraint(['claimed_by'], ['account.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('task_key', 'task', ['case_no', 'key'], unique=True)
    op.create_index('task_of_case', 'task', ['case_no'], unique=False, postgresql_where=sa.text("state = 'open'"))
    op.create_index('task_worklist', 'task', ['role', 'department', 'due_at'], unique=False, postgresql_where=sa.text("state = 'open' and role <> 'applicant'"))
    run_sql("0001_rights.sql")


def downgrade() -> None:
    raise NotImplementedError("a legal record is not taken back; restore a backup instead")
